/** Vite replaces it in every build. */
interface ImportMeta {
  readonly env: { readonly MODE: string };
}
