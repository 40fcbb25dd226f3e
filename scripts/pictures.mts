/**
 * Takes the pictures of the docs from a running `npm start`: the example workflows, and some of their nodes opened.
 *
 *   node scripts/pictures.mts [URL]
 */
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { N8nRest, OWNER } from '../test/n8n/rest.mts';
import { paths } from './setup.mjs';

const url = process.argv[2] ?? 'http://localhost:5678';
const folder = join(import.meta.dirname, '..', 'docs', 'pictures');
/** Of each workflow: its picture, and those of the nodes that are opened. */
const PICTURES: Array<{ workflow: string; picture: string; opened: Record<string, string> }> = [
	{
		workflow: 'GalateaBio: sample to report',
		picture: 'galateabio-workflow',
		opened: { 'Submit Order': 'galateabio-order', 'Order Finished': 'galateabio-trigger' },
	},
	{
		workflow: 'GenoEx: submit and report rejected rows',
		picture: 'genoex-workflow',
		opened: { 'Submit and Wait': 'genoex-submit' },
	},
	{
		workflow: 'Galaxy: upload, run a tool, download',
		picture: 'galaxy-workflow',
		opened: { 'Upload Regions': 'galaxy-upload' },
	},
	{
		workflow: 'Gencove: reads to results',
		picture: 'gencove-workflow',
		opened: { 'Upload and Run': 'gencove-upload' },
	},
	{
		workflow: 'iFlow: sample to report',
		picture: 'iflow-workflow',
		opened: { 'Submit and Wait': 'iflow-submit' },
	},
];

const rest = new N8nRest(url);
await rest.signIn();

const browser = await chromium.launch({
	executablePath: paths().chromium,
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	await signIn(page);
	for (const { workflow, picture, opened } of PICTURES) {
		await page.goto(`${url}/workflow/${await rest.workflowNamed(workflow)}`);
		await page.locator('[data-test-id="canvas-node"]').first().waitFor();
		await page.locator('[data-test-id="zoom-to-fit"]').click();
		await take(page, picture);
		for (const [node, name] of Object.entries(opened)) {
			await page.locator('[data-test-id="canvas-node"]', { hasText: node }).dblclick();
			await page.locator('[data-test-id^="parameter-input"]').first().waitFor();
			await take(page, name);
			await page.keyboard.press('Escape');
			await settle(page);
		}
	}
} finally {
	await browser.close();
}

async function signIn(page: Page): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.locator('input').first().fill(OWNER.email);
	await page.locator('input[type=password]').fill(OWNER.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
}

async function take(page: Page, picture: string): Promise<void> {
	await settle(page);
	await page.screenshot({ path: join(folder, `${picture}.png`) });
}

/** Animations and lists that load have come to rest. */
async function settle(page: Page): Promise<void> {
	await page.waitForLoadState('networkidle').catch(() => {});
	await page.waitForTimeout(1500);
}
