/**
 * The custom properties that the builder offers, with what the widget takes where a page sets nothing. Those that follow
 * the page's own colours there (`follows`) begin with what that is on a page without any.
 */
export interface ColourToken {
  /** After `--evalon-`. */
  readonly name: string;
  readonly label: string;
  readonly light: string;
  readonly dark: string;
  readonly followsPage?: true;
}

export const COLOURS: readonly ColourToken[] = [
  { name: 'accent', label: 'Accent: buttons, bars, focus', light: '#4353d9', dark: '#98a6ff' },
  { name: 'accent-text', label: 'Text on the accent', light: '#ffffff', dark: '#121212', followsPage: true },
  { name: 'surface', label: 'Surface of the card', light: '#ffffff', dark: '#121212', followsPage: true },
  { name: 'text', label: 'Text', light: '#1b1f2a', dark: '#eceef4' },
  { name: 'muted', label: 'Secondary text', light: '#5d6576', dark: '#a2a9b8' },
  { name: 'border', label: 'Lines and borders', light: '#d8d9db', dark: '#353638', followsPage: true },
  { name: 'good', label: 'Completed', light: '#0b6b42', dark: '#5fd39a' },
  { name: 'busy', label: 'Under way', light: '#7d5200', dark: '#f0c060' },
  { name: 'bad', label: 'Failed, problems', light: '#b3261e', dark: '#ff9d94' },
];

/** CSS pixels. */
export const RADIUS_PX = 10;
export const FONT_SIZE_PX = 13;
