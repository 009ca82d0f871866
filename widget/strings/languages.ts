/** Fails the type check if a language lacks a text. */
import type * as en from './en/index.ts';

/** Replaces the English text by any text. */
type AnyText<Text> = Text extends string
  ? string
  : Text extends (...args: infer Args) => infer Result
    ? (...args: Args) => AnyText<Result>
    : Text extends readonly string[] | { strings: TemplateStringsArray }
      ? Text
      : { readonly [Name in keyof Text]: AnyText<Text[Name]> };

type Complete<Texts extends AnyText<typeof en>> = Texts;

export type Languages = [
  Complete<typeof import('./ar/index.ts')>,
  Complete<typeof import('./de/index.ts')>,
  Complete<typeof import('./es/index.ts')>,
  Complete<typeof import('./fr/index.ts')>,
  Complete<typeof import('./he/index.ts')>,
  Complete<typeof import('./it/index.ts')>,
  Complete<typeof import('./ja/index.ts')>,
  Complete<typeof import('./nl/index.ts')>,
  Complete<typeof import('./pl/index.ts')>,
  Complete<typeof import('./pt-BR/index.ts')>,
];
