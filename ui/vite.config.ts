import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => {
  const replay = mode === 'replay';
  return {
    plugins: [svelte()],
    // Only the replay page has files beside its bundle: the recorded world.
    publicDir: replay ? 'fixtures/public' : false,
    build: {
      outDir: replay ? 'dist-replay' : 'dist',
      emptyOutDir: true,
      target: 'es2022',
      // `light-dark()` stays as written: both themes come from the same tokens.
      cssTarget: ['safari17.5', 'chrome123'],
      // Everything is loaded from the app itself, so one bundle starts fastest.
      modulePreload: false,
    },
    resolve: mode === 'test' ? { conditions: ['browser'] } : {},
    // The longest reads every component; on a machine full of builds that takes more than the usual five seconds.
    test: { environment: 'jsdom', include: ['src/**/*.test.ts'], testTimeout: 60_000 },
  };
});
