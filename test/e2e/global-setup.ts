import { existsSync } from 'node:fs';

/** The browser tests install the package that people would install; `npm test` makes it first. */
export default function setup(): void {
  if (!existsSync('dist/nagare.zip')) {
    throw new Error(
      'dist/nagare.zip is missing: run "npm run build && npm run pack" first (npm test does both)',
    );
  }
}
