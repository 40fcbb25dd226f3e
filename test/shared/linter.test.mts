/**
 * n8n's linter over the descriptions as they are at run time: each one is written out as the source text that the
 * linter would want to read. Only its rules for parameters; the others see our source texts as they are.
 */
import { Linter, type ESLint } from 'eslint';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { INodeProperties } from 'n8n-workflow';
import { credentials, nodes, ROOT } from './descriptions.mts';

// the parser is the one that n8n's own configuration brings along
const { parser } = createRequire(require.resolve('@n8n/node-cli/eslint'))('typescript-eslint') as { parser: Linter.Parser };
const plugin = require('eslint-plugin-n8n-nodes-base') as ESLint.Plugin & { configs: Record<'nodes' | 'credentials', { rules: Linter.RulesRecord }> };
const { configs } = plugin;

/** Switched off in n8n's own configuration. */
const OFF = 'n8n-nodes-base/node-param-type-options-max-value-present';

const rules = Object.fromEntries(Object.entries({ ...configs.nodes.rules, ...configs.credentials.rules }).filter(([rule]) => rule.startsWith('n8n-nodes-base/node-param-') && rule !== OFF));
const linter = new Linter({ configType: 'flat', cwd: ROOT });

/** What the linter says of some parameters, with the lines around. */
function complaints(properties: INodeProperties[], className: string, file: string): string[] {
	const literal = inspect(properties, { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: 100, compact: false });
	const source = `export class ${className} {\n\tdescription: INodeTypeDescription = {\n\t\tproperties: ${literal},\n\t};\n}\n`;
	const lines = source.split('\n');
	const messages = linter.verify(source, [{ files: ['**/*.ts'], languageOptions: { parser }, plugins: { 'n8n-nodes-base': plugin }, rules }], { filename: join(ROOT, file) });
	return messages.map(({ ruleId, message, line }) => `${String(ruleId ?? message).replace('n8n-nodes-base/', '')}: ${lines.slice(line - 1, line + 1).map((text) => text.trim()).join(' ')}`);
}

it('has rules, and sees what breaks them', () => {
	expect(Object.keys(rules).length).toBeGreaterThan(70);
	const bad: INodeProperties = { displayName: 'limit', name: 'limit', type: 'number', default: 10, description: 'How many. And more' };
	expect(complaints([bad], 'X', 'nodes/X/X.node.ts').map((complaint) => complaint.split(':')[0]).sort()).toEqual([
		'node-param-default-wrong-for-limit',
		'node-param-description-missing-final-period',
		'node-param-description-wrong-for-limit',
		'node-param-display-name-miscased',
		'node-param-type-options-missing-from-limit',
	]);
});

it.each(nodes)('accepts the parameters of $name', ({ name, made }) => {
	expect(complaints(made.description.properties, name, `nodes/${name}/${name}.node.ts`)).toEqual([]);
});

it.each(credentials)('accepts the parameters of $name', ({ name, made }) => {
	expect(complaints(made.properties, name, `credentials/${name}.credentials.ts`)).toEqual([]);
});
