/** All elements. Importing this module registers them. */
import './elements/evalon-assessments/evalon-assessments.ts';
import './elements/evalon-cohort/evalon-cohort.ts';
import './elements/evalon-inbox/evalon-inbox.ts';
import './elements/evalon-invite-button/evalon-invite-button.ts';
import './elements/evalon-results/evalon-results.ts';
import './elements/evalon-scorecard/evalon-scorecard.ts';
import './elements/evalon-status/evalon-status.ts';
