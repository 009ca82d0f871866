/** The custom properties that the builder offers, with the widget's defaults. */

export interface ColorToken {
  /** Without the prefix `--evalon-`. */
  readonly name: string;
  readonly label: string;
  readonly light: string;
  readonly dark: string;
  /**
   * The default follows the page's colors or another token. `light` and `dark` are its values on a plain page. A test
   * compares the defaults of the other tokens with the widget's styles.
   */
  readonly followsPage?: true;
}

export const COLORS: readonly ColorToken[] = [
  { name: 'accent', label: 'Accent: buttons, bars, focus', light: '#4353d9', dark: '#98a6ff' },
  { name: 'accent-text', label: 'Text on the accent', light: '#ffffff', dark: '#121212', followsPage: true },
  { name: 'surface', label: 'Surface of the card', light: '#ffffff', dark: '#121212', followsPage: true },
  { name: 'text', label: 'Text', light: '#1b1f2a', dark: '#eceef4' },
  { name: 'muted', label: 'Secondary text', light: '#5d6576', dark: '#a2a9b8' },
  { name: 'border', label: 'Lines and borders', light: '#d8d9db', dark: '#353638', followsPage: true },
  { name: 'good', label: 'Completed', light: '#0b6b42', dark: '#5fd39a' },
  { name: 'busy', label: 'In progress', light: '#7d5200', dark: '#f0c060' },
  { name: 'bad', label: 'Failed, errors', light: '#b3261e', dark: '#ff9d94' },
  { name: 'invite', label: 'Invite button', light: '#4353d9', dark: '#98a6ff', followsPage: true },
  { name: 'invite-text', label: 'Text on the invite button', light: '#ffffff', dark: '#121212', followsPage: true },
  {
    name: 'invite-pending',
    label: 'Invite button while sending',
    light: '#efeff0',
    dark: '#212122',
    followsPage: true,
  },
  {
    name: 'invite-pending-text',
    label: 'Text on it while sending',
    light: '#5d6576',
    dark: '#a2a9b8',
    followsPage: true,
  },
  { name: 'hover', label: 'Button or row under the pointer', light: '#efeff0', dark: '#212122', followsPage: true },
  { name: 'narrative', label: "Background of Evalon's summary", light: '#ffffff', dark: '#121212', followsPage: true },
];

export const DEFAULT_RADIUS_PX = 10;
export const DEFAULT_FONT_SIZE_PX = 13;
export const DEFAULT_MIN_HEIGHT_PX = 0;
