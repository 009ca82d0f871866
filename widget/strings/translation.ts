/** The formats of the translations, by `Intl`. English has its own functions, which load faster. */
import type { WidgetProblem } from '../api/errors.ts';
import type { EvalonErrorCode } from '../package/events.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const MONTH_SECONDS = 30 * DAY_SECONDS;

/** Creates a format only at its first use, because the extension loads every language but uses one. */
function lazy<Format>(create: () => Format): () => Format {
  let format: Format | undefined;
  return () => {
    format ??= create();
    return format;
  };
}

/** The texts of a plural. `#` is the count. A category that is missing has the text of `other`. */
type PluralTexts<Category extends string> = Record<Category | 'other', string>;

/**
 * @param Category the plural categories of the language, except `other`
 * @param tag the BCP 47 tag of the formats
 */
export function createFormats<Category extends Intl.LDMLPluralRule = 'one'>(tag: string) {
  const numbers = lazy(() => new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }));
  const percents = lazy(() => new Intl.NumberFormat(tag, { style: 'percent' }));
  const plurals = lazy(() => new Intl.PluralRules(tag));
  const lists = lazy(() => new Intl.ListFormat(tag));
  const dates = lazy(() => new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }));
  const times = lazy(() => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' }));
  const ages = lazy(() => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));

  const formatNumber = (value: number): string => numbers().format(value);
  const formatUnit = (value: number, unit: string): string =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  const formatIso = (format: Intl.DateTimeFormat, iso: string): string => {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? '' : format.format(date);
  };

  return {
    /** Rounds to one decimal. */
    formatNumber,
    /** @param value an integer from 0 to 100 */
    formatPercent: (value: number): string => percents().format(value / 100),
    /** "88", or "7/10" if the maximum is known and not 100. */
    formatScore(value: number | null, max: number | null = null): string {
      if (value === null) return '–';
      return max === null || max === 100 ? formatNumber(value) : `${formatNumber(value)}/${formatNumber(max)}`;
    },
    formatDate: (iso: string): string => formatIso(dates(), iso),
    formatTime: (iso: string): string => formatIso(times(), iso),
    formatList: (items: readonly string[]): string => lists().format(items),

    plural(count: number, texts: PluralTexts<Category>): string {
      const text = (texts as Partial<Record<string, string>>)[plurals().select(count)] ?? texts.other;
      return text.replace('#', formatNumber(count));
    },

    /** @param now milliseconds since 1970 */
    formatTimeAgo(iso: string, now: number): string {
      const seconds = Math.max(0, now - Date.parse(iso)) / 1_000;
      const format = (unitSeconds: number, unit: Intl.RelativeTimeFormatUnit) =>
        ages().format(-Math.floor(seconds / unitSeconds), unit);
      if (seconds < MINUTE_SECONDS) return ages().format(0, 'second');
      if (seconds < HOUR_SECONDS) return format(MINUTE_SECONDS, 'minute');
      if (seconds < DAY_SECONDS) return format(HOUR_SECONDS, 'hour');
      return seconds < MONTH_SECONDS ? format(DAY_SECONDS, 'day') : format(MONTH_SECONDS, 'month');
    },

    /** Names at most two units, such as minutes and seconds. */
    formatDuration(seconds: number): string {
      const [large, small] = seconds < HOUR_SECONDS ? (['minute', 'second'] as const) : (['hour', 'minute'] as const);
      const total = Math.round(seconds < HOUR_SECONDS ? seconds : seconds / 60);
      const parts = [
        total >= 60 ? formatUnit(Math.floor(total / 60), large) : '',
        total % 60 || total < 60 ? formatUnit(total % 60, small) : '',
      ];
      return parts.filter(Boolean).join(' ');
    },
  };
}

/** Every code of the proxy and of the widget. `unknown` is for the codes of a newer proxy. */
export type ProblemTexts = Record<EvalonErrorCode | 'unknown', string>;

/** Translates by the code: the proxy's `detail` is English. Without a response, `detail` is already translated. */
export function translateProblem({ code, details }: WidgetProblem, texts: ProblemTexts): string {
  const translated = details.status === undefined ? details.detail : undefined;
  return translated ?? (texts as Partial<Record<string, string>>)[code] ?? texts.unknown;
}

/** Rounds up to 5 s, so that the text does not change every second. */
export function toRoundSeconds(ms: number): number {
  return Math.ceil(ms / 5_000) * 5;
}
