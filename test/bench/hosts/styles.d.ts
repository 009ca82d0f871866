/** Allows the scripts of this folder to import style sheets, which Vite bundles. */
declare module '*.css';
