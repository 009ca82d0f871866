import { defineConfig } from 'vite';

// Forwards token requests to the backend that mints tokens, such as `backend.mjs` of the quick start.
export default defineConfig({ server: { proxy: { '/evalon-token': 'http://127.0.0.1:3000' } } });
