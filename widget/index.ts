/** All elements. Importing this module registers them. */
import './elements/evalon-assessments.ts';
import './elements/evalon-inbox.ts';
import './elements/evalon-invite-button.ts';
import './elements/evalon-scorecard.ts';
import './elements/evalon-status.ts';
