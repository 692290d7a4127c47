import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { builderOptions, bundleEnvironments } from './scripts/build/environments.ts';
import { lazyBundle } from './scripts/build/lazy-bundle.ts';

export default defineConfig(({ command, mode }) => ({
  plugins: [react(), lazyBundle()],
  // plugin/ is the packed folder itself, not a place whose files Vite copies.
  publicDir: false,
  // Only for building: the dev server and Vitest would otherwise prepare every environment.
  ...(command === 'build' ? { environments: bundleEnvironments(mode), builder: builderOptions } : {}),
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          globalSetup: ['test/e2e/global-setup.ts'],
        },
      },
    ],
  },
}));
