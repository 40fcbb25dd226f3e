import { parseArgs } from 'node:util';

// a provider's module is loaded only when it is asked for
const providers = {
	galateabio: async () => await import('./galateabio/simulator.mts'),
	genoex: async () => await import('./genoex/simulator.mts'),
	gencove: async () => await import('./gencove/simulator.mts'),
	iflow: async () => await import('./iflow/simulator.mts'),
};

const usage = `usage: node simulators/main.mts <${Object.keys(providers).join('|')}> [--port N] [--host 127.0.0.1] [--pace N] [--sftp-port N] [--legacy-port N]`;

function readArguments() {
	try {
		const { positionals, values } = parseArgs({
			allowPositionals: true,
			options: { port: { type: 'string' }, host: { type: 'string' }, pace: { type: 'string' }, 'sftp-port': { type: 'string' }, 'legacy-port': { type: 'string' } },
		});
		const [name, ...rest] = positionals;
		// only these have a second server
		if (values['sftp-port'] !== undefined && name !== 'galateabio') return undefined;
		if (values['legacy-port'] !== undefined && name !== 'gencove') return undefined;
		const numbers = [values.port, values.pace, values['sftp-port'], values['legacy-port']].filter((value) => value !== undefined);
		if (rest.length > 0 || !Object.hasOwn(providers, name ?? '') || !numbers.every((value) => Number(value) >= 0)) return undefined;
		return { name: name as keyof typeof providers, values };
	} catch {
		return undefined;
	}
}

const given = readArguments();
if (given === undefined) {
	console.error(usage);
	process.exit(2);
}

const { port, host, pace, 'sftp-port': sftpPort, 'legacy-port': legacyPort } = given.values;
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const { start } = await providers[given.name]();
const running = await start({ port: number(port), host, pace: number(pace), sftpPort: number(sftpPort), legacyPort: number(legacyPort) }).catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
console.log(JSON.stringify(running.info));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.once(signal, () => void running.close().then(() => process.exit(0)));
}
