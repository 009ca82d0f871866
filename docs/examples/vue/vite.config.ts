import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('evalon-') } } })],
  // The backend that mints tokens, such as the one of the quick start for ATS developers.
  server: { proxy: { '/evalon-token': 'http://127.0.0.1:3000' } },
});
