/** Vite replaces `import.meta.env.MODE` in every build. */
interface ImportMeta {
  readonly env: { readonly MODE: string };
}
