const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

// What tsc does not copy: icons, the files that n8n reads beside a node, and the shapes of the outputs.
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const besideNodes = () =>
	src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], { base: 'nodes' }).pipe(dest('dist/nodes'));

module.exports = { clean, assets: parallel(icons, besideNodes) };
