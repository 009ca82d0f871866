/** The demo's marketing assessment. */
import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const marketingSections: readonly Section[] = [
  {
    name: 'Campaign judgement',
    intro: 'Three situations from a working week. Choose what you would do first.',
    questions: [
      createChoiceQuestion(
        'launch',
        'A product launches in three weeks and the budget was just halved. What do you do first?',
        [
          'Cut every channel by half, so that nothing is left out',
          3,
          'Spreads the cut evenly, though the channels do not earn evenly.',
        ],
        [
          'Keep the two channels with the best cost per sign-up and stop the rest',
          10,
          'Concentrates money where evidence says it works.',
        ],
        ['Move the launch until the budget is back', 2, 'Waits for a decision that may not come.'],
        ['Spend it all on one large announcement', 5, 'Bold, with nothing left to learn from the first results.'],
      ),
      createChoiceQuestion(
        'audience',
        'Sales says the leads are poor; your form conversions are at a record. What is the likeliest story?',
        ['Sales is not following up fast enough', 3, 'Possible, and worth checking, but it starts with blame.'],
        [
          'The message promises something to people who will never buy',
          10,
          'Sees that a wider promise lifts the form and lowers the fit.',
        ],
        ['Records always look odd; wait another month', 1, 'Leaves a visible contradiction alone.'],
        ['The form is too short and should ask more', 6, 'Would filter, without asking why the wrong people come.'],
      ),
      createChoiceQuestion(
        'partner',
        'A partner offers to mail your campaign to their list of customers. You…',
        ['Accept at once; reach is reach', 2, 'Skips consent and fit.'],
        ['Decline; lists are never worth it', 4, 'Careful, at the price of a possible partner.'],
        [
          'Ask what those people agreed to, and offer a text that the partner sends in its own name',
          10,
          'Protects people and reputation and keeps the reach.',
        ],
        ['Buy the list, then sort it yourself', 0, 'Uses addresses that nobody agreed to share.'],
      ),
    ],
  },
  {
    name: 'Reading the numbers',
    intro: 'Two questions about evidence. The second is in your own words.',
    questions: [
      createChoiceQuestion(
        'test',
        'Version B of a page has 4.1% conversion against 3.8% for A, after 300 visitors each. You…',
        ['Switch to B; it is higher', 2, 'Reads noise as a result.'],
        ['Let it run: a difference of one person proves nothing yet', 10, 'Knows how small the sample is.'],
        ['Stop the test; the pages are equal', 4, 'Right that nothing is shown, wrong that equality is.'],
        ['Test a third version at the same time', 5, 'Makes each sample smaller still.'],
      ),
      createWrittenQuestion(
        'explain',
        'Traffic rose by 40% last month and revenue stayed flat. What would you look at first, and why?',
        'Two or three sentences are plenty.',
        {
          'where the traffic came from': /source|channel|campaign|organic|paid|referr|bot|country|where/i,
          'who the visitors are': /audience|segment|visitor|new|quality|intent|fit/i,
          'where they drop out': /funnel|conver|checkout|cart|drop|bounce|step/i,
          'what they spend': /basket|order value|average|price|discount|margin|spend/i,
        },
      ),
    ],
  },
];
