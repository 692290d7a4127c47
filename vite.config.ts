import process from 'node:process';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { builderOptions, bundleEnvironments } from './scripts/build/environments.ts';
import { lazyParts } from './scripts/build/lazy-parts.ts';

const UNIT = {
  name: 'unit',
  include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
  exclude: ['test/e2e/**'],
  testTimeout: 30_000,
};

const E2E = {
  name: 'e2e',
  include: ['test/e2e/**/*.test.ts'],
  testTimeout: 120_000,
  hookTimeout: 180_000,
  fileParallelism: false,
  globalSetup: ['test/e2e/global-setup.ts'],
};

export default defineConfig(({ command }) => {
  // The JSX transform goes by this variable, whatever the shell has set.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [react(), lazyParts()],
    // plugin/ is the packed folder itself, not a place whose files Vite copies.
    publicDir: false,
    // Only for building: the dev server and Vitest would otherwise prepare every environment.
    ...(command === 'build' ? { environments: bundleEnvironments(), builder: builderOptions } : {}),
    test: {
      reporters: ['default', './scripts/closing-line.ts'],
      projects: [
        { extends: true, test: UNIT },
        { extends: true, test: E2E },
      ],
    },
  };
});
