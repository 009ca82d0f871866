import { defineConfig } from 'vite';

// The backend that mints tokens, such as the one of the quick start for ATS developers.
export default defineConfig({ server: { proxy: { '/evalon-token': 'http://127.0.0.1:3000' } } });
