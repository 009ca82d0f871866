import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('evalon-') } } })],
  // Forwards token requests to the backend that mints tokens, such as `backend.mjs` of the quick start.
  server: { proxy: { '/evalon-token': 'http://127.0.0.1:3000' } },
});
