import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  // Without this option, the plugin would look for a svelte.config.js, which this project does not have.
  plugins: [svelte({ configFile: false })],
  // Forwards token requests to the backend that mints tokens, such as `backend.mjs` of the quick start.
  server: { proxy: { '/evalon-token': 'http://127.0.0.1:3000' } },
});
