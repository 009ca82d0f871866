/** What the scripts of this extension say to each other. Between a page's script and its frame go ids and a height, nothing else. */
import type { ServedAdapter } from '../../proxy/contract/page-adapter.ts';
import type { AtsIds } from '../../proxy/contract/page-address.ts';
import type { WidgetProblemCode } from '../api/errors.ts';
import type { PageCandidate } from './page-detection/read-page.ts';

/** Whom the page shows, as the frame is told: never by the page, always by the content script, each time anew. */
export interface DetectedCandidate {
  adapter: Pick<ServedAdapter, 'name' | 'ats' | 'connected'>;
  host: string;
  /** Absent where nobody can tell who it is. */
  ids?: AtsIds;
  from: 'address' | 'page';
  /** A proposal that the recruiter confirms. */
  shown: PageCandidate;
}

/** What is about to be done, shown in a tab of the extension's own. */
export interface InviteProposal {
  name: string;
  email: string;
  label: string;
}

/** How a sign-in ended. */
export interface SignInResult {
  isSignedIn: boolean;
  problem?: { code: WidgetProblemCode; detail?: string | undefined };
}
