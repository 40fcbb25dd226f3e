/**
 * Takes the pictures of the docs from a running `npm start`: the example workflow, and its nodes opened.
 *
 *   node scripts/pictures.mts [URL]
 */
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { N8nRest, OWNER } from '../test/n8n/rest.mts';
import { paths } from './setup.mjs';

const url = process.argv[2] ?? 'http://localhost:5678';
const folder = join(import.meta.dirname, '..', 'docs', 'pictures');
const WORKFLOW = 'GalateaBio: sample to report';
const OPENED = { 'Submit Order': 'galateabio-order', 'Upload and Validate': 'galateabio-upload', 'Order Finished': 'galateabio-trigger' };

const rest = new N8nRest(url);
await rest.signIn();
const id = await rest.workflowNamed(WORKFLOW);

const browser = await chromium.launch({
	executablePath: paths().chromium,
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	await signIn(page);
	await page.goto(`${url}/workflow/${id}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await settle(page);
	await page.screenshot({ path: join(folder, 'galateabio-workflow.png') });
	for (const [node, picture] of Object.entries(OPENED)) {
		await page.locator('[data-test-id="canvas-node"]', { hasText: node }).dblclick();
		await page.locator('[data-test-id^="parameter-input"]').first().waitFor();
		await settle(page);
		await page.screenshot({ path: join(folder, `${picture}.png`) });
		await page.keyboard.press('Escape');
		await settle(page);
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

/** Animations and lists that load have come to rest. */
async function settle(page: Page): Promise<void> {
	await page.waitForLoadState('networkidle').catch(() => {});
	await page.waitForTimeout(1500);
}
