/** What the scripts of this extension say to each other. Between a page's script and its frame go ids and a height, nothing else. */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import type { Ids } from '../../proxy/contract/page-address.ts';
import type { WidgetProblemCode } from '../api/errors.ts';
import type { Shown } from './page-detection/read-page.ts';

/** Whom the page shows, as the frame is told: never by the page, always by the content script, each time anew. */
export interface OnShow {
  adapter: Pick<ServedAdapter, 'name' | 'ats' | 'connected'>;
  host: string;
  /** Absent where nobody can tell who it is. */
  ids?: Ids;
  from: 'address' | 'page';
  /** A proposal that the recruiter confirms. */
  shown: Shown;
}

/** What is about to be done, shown in a tab of the extension's own. */
export interface Proposed {
  name: string;
  email: string;
  label: string;
}

/** How a sign-in ended. */
export interface Entered {
  isIn: boolean;
  problem?: { code: WidgetProblemCode; detail?: string | undefined };
}
