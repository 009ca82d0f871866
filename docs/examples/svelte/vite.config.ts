import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  // There is no svelte.config.js.
  plugins: [svelte({ configFile: false })],
  // The backend that mints tokens, such as the one of the quick start for ATS developers.
  server: { proxy: { '/evalon-token': 'http://127.0.0.1:3000' } },
});
