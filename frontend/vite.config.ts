/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Builds the one entry of every page into the folder that Django serves.
 *
 * `base: './'` makes the islands find their own chunks beside the entry, whatever STATIC_URL is.
 * No module-preload polyfill: every browser that runs the page knows modulepreload.
 */
export default defineConfig({
  root: here('./src'),
  base: './',
  publicDir: false,
  build: {
    outDir: here('../src/zhihuan/web/static/dist'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'chrome90',
    // custom properties and colour functions are written for the browsers Tabler supports;
    // lowering them would double the style sheet
    cssTarget: 'chrome111',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // the service worker is a file of its own; the platform serves it from the folder it may reach
      input: [here('./src/main.ts'), here('./src/offline/worker.ts')],
      // htmx can evaluate strings; allowEval is off and the page's policy forbids it anyway
      checks: { eval: false },
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
        // What the entry shares with the islands lives beside it: nobody imports the entry, so
        // it runs once even where a static-file storage serves it under a second, hashed name.
        advancedChunks: { groups: [{ name: 'page', test: /htmx|src\/(page|live|text|behaviours)\// }] },
      },
    },
  },
  css: {
    preprocessorOptions: { scss: { loadPaths: [here('./node_modules')], quietDeps: true } },
  },
  test: {
    root: here('.'),
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    restoreMocks: true,
  },
})
