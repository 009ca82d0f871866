/** One line of a soak run's report. */
export interface SoakResult {
  what: string;
  value: number;
  unit: string;
  /** Absent if the value is only reported. */
  holds?: boolean;
}
