import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const FLAGS =
  '--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** A browser on the built replay page. `open` gives a page of its own, with what went wrong in it. */
export async function start() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS.split(' '),
  });
  return {
    async open(hash, { theme = 'light', language = 'en', search = 'still', width = 1280, height = 800 } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        locale: language,
        timezoneId: 'Asia/Jakarta',
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      page.problems = [];
      page.on('pageerror', (error) => page.problems.push(String(error)));
      page.on('console', (said) => {
        if (said.type() === 'error') page.problems.push(said.text());
      });
      await page.goto(`${server.address}?${search}${hash}`);
      await page.waitForSelector('[data-testid="nav-watch"]');
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** The first row of a list of the recorded world. */
export async function firstRow(page, list, fits = () => true) {
  const world = await page.evaluate(async () => (await fetch('world.json')).json());
  return world.lists.find((each) => each.list === list).rows.map((row) => row.row).find(fits);
}
