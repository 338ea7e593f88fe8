import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const onlyHost = {
  patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/host speaks to Tauri.' }],
};
const onlyFacade = {
  patterns: [
    ...onlyHost.patterns,
    { group: ['svelte', 'svelte/*'], message: 'The store is plain TypeScript; live.svelte.ts is its only door to Svelte.' },
  ],
};

export default ts.config(
  { ignores: ['dist/', 'dist-replay/', 'node_modules/', 'src/bindings/', 'fixtures/public/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    rules: {
      'no-restricted-imports': ['error', onlyHost],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'svelte/no-at-html-tags': 'error',
      // Routes are written by `link()`; SvelteKit is not here.
      'svelte/no-navigation-without-resolve': 'off',
      'max-lines': ['error', { max: 300 }],
    },
  },
  { files: ['src/host/tauri.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['src/store/*.ts'],
    ignores: ['src/store/*.svelte.ts'],
    rules: { 'no-restricted-imports': ['error', onlyFacade] },
  },
);
