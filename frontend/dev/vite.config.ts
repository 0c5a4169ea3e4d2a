import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { fakeServer } from './fake_server'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npm run dev`: the islands against made-up answers, without Django, at /dev/live.html. */
export default defineConfig({
  root: here('..'),
  publicDir: false,
  plugins: [fakeServer(here('../../src/zhihuan/web/static'))],
  css: {
    preprocessorOptions: { scss: { loadPaths: [here('../node_modules')], quietDeps: true } },
  },
})
