/** One transform for everything: TypeScript by swc, as CommonJS, on Node 24. */
const common = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.m?ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'json', 'node'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.build', '<rootDir>/test/n8n/node_modules'],
};

const project = (displayName, folder, more) => ({
	...common,
	displayName,
	testMatch: [`<rootDir>/test/${folder}/**/*.test.mts`],
	...more,
});

module.exports = {
	projects: [
		project('unit', 'shared'),
		project('engine', 'engine'),
		project('simulators', 'simulators'),
		project('galaxy', 'galaxy', { globalSetup: '<rootDir>/test/galaxy/global-setup.mts', globalTeardown: '<rootDir>/test/galaxy/global-teardown.mts' }),
		project('n8n', 'n8n', { globalSetup: '<rootDir>/test/n8n/global-setup.mts', globalTeardown: '<rootDir>/test/n8n/global-teardown.mts' }),
	],
};
