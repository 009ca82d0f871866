const warnings = new Set<string>();

/** Tells the page's developer in the console, once. */
export function warnOnce(message: string): void {
  if (warnings.has(message)) return;
  warnings.add(message);
  // biome-ignore lint/suspicious/noConsole: reports to the page's developer
  console.warn(`Evalon: ${message}`);
}
