/** Builds a harness entry in memory and opens it in a real browser; no server, no files. */
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';

const ORIGIN = 'http://kintone.test';

/** Bundles an entry file as one script. */
export async function bundle(entry: URL): Promise<string> {
  const output = (await build({
    configFile: false,
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: fileURLToPath(entry), formats: ['iife'], name: 'harness', fileName: 'harness' },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const [first] = Array.isArray(output) ? output : [output];
  const chunk = first?.output.find((one) => one.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('The harness has no script.');
  return chunk.code;
}

export interface OpenOptions {
  readonly script: string;
  readonly width?: number;
  readonly height?: number;
  /** Rules of a page or plug-in that wants to reach into ours. */
  readonly css?: string;
  readonly reducedMotion?: boolean;
}

/** A page with the frame of a record page and the harness running in it. */
export async function openHarness(context: BrowserContext, options: OpenOptions): Promise<Page> {
  const { script, width = 1280, height = 900, css = '', reducedMotion = true } = options;
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
  const html = `<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>record</title><style>body{margin:0;font:14px sans-serif}
#head{height:48px;background:#206694}#space{padding:0 16px;min-height:48px;border-bottom:1px solid #e3e7e8}#form{padding:24px}</style>
<style>${css}</style></head><body><header id="head"></header><main><h1 hidden>record</h1><div id="space"></div>
<div id="form"><label>会社名 <input id="field" value="株式会社"></label></div></main><script src="/harness.js"></script></body></html>`;
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/harness.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    return route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.goto(`${ORIGIN}/k/8/show`);
  return page;
}
