const { readFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const { build } = require('esbuild');
const { dest, parallel, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

// What tsc does not copy: icons, the files that n8n reads beside a node, and the shapes of the outputs.
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const besideNodes = () =>
	src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: 'nodes' }).pipe(dest('dist/nodes'));

/**
 * A package must not depend on others, so zip.js is put into the one file that uses it, in place of what tsc made of
 * that file: the entry that compresses by Node's own means. `Problem` stays outside, as it must be one class.
 */
const zipBundle = {
	entryPoints: ['nodes/shared/zip.ts'],
	outfile: 'dist/nodes/shared/zip.js',
	allowOverwrite: true,
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	alias: { '@zip.js/zip.js': '@zip.js/zip.js/lib/zip-core-custom.js' },
	external: ['./problem'],
	// Timers are used for web workers only, which are off; n8n wants none in nodes.
	define: { setTimeout: 'undefined', clearTimeout: 'undefined', 'import.meta.url': 'undefined' },
	banner: { js: `/*\nWith @zip.js/zip.js:\n\n${readFileSync('node_modules/@zip.js/zip.js/LICENSE', 'utf8')}*/` },
};
const zip = () => build(zipBundle);

module.exports = { clean, zip, zipBundle, assets: parallel(icons, besideNodes, zip) };
