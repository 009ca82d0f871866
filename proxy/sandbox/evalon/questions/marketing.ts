import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const marketingSections: readonly Section[] = [
  {
    name: 'Campaign judgment',
    intro: 'Three situations from a working week. Choose what you would do first.',
    questions: [
      createChoiceQuestion(
        'launch',
        'A product launches in three weeks, and the budget was just halved. What do you do first?',
        ['Cut every channel by half', 3, 'Spreads the cut evenly, although channels differ in return.'],
        [
          'Keep the two channels with the lowest cost per sign-up and stop the rest',
          10,
          'Puts the money where it works.',
        ],
        ['Move the launch until the budget is back', 2, 'Waits for a decision that may not come.'],
        ['Spend it all on one large announcement', 5, 'Bold, but leaves no budget to react to first results.'],
      ),
      createChoiceQuestion(
        'audience',
        'Sales says the leads are poor, but form conversions are at a record. What is the most likely reason?',
        ['Sales does not follow up fast enough', 3, 'Possible, but starts with blame.'],
        ['The message attracts people who will never buy', 10, 'Sees that a wider promise brings more, weaker leads.'],
        ['Records are misleading, so wait another month', 1, 'Ignores a visible contradiction.'],
        ['The form is too short and should ask more', 6, 'Filters the wrong leads but does not ask why they come.'],
      ),
      createChoiceQuestion(
        'partner',
        'A partner offers to email your campaign to its customers. What do you do?',
        ['Accept at once, because reach counts', 2, 'Skips consent and fit.'],
        ['Decline, because lists are never worth it', 4, 'Careful, but loses a possible partner.'],
        [
          'Ask what the customers agreed to, and offer a text that the partner sends in its own name',
          10,
          'Protects customers and reputation, and keeps the reach.',
        ],
        ['Buy the list and sort it yourself', 0, 'Uses addresses without consent.'],
      ),
    ],
  },
  {
    name: 'Reading the numbers',
    intro: 'One choice and one short answer in your own words.',
    questions: [
      createChoiceQuestion(
        'test',
        'Version B of a page converts 4.1% of visitors, version A 3.8%, after 300 visitors each. What do you do?',
        ['Switch to B, because it is higher', 2, 'Reads noise as a result.'],
        ['Continue the test, because the difference is one visitor', 10, 'Knows how small the sample is.'],
        [
          'Stop the test, because the versions are equal',
          4,
          'Sees no proof of a difference, but no proof of equality either.',
        ],
        ['Add a third version to the test', 5, 'Makes each sample even smaller.'],
      ),
      createWrittenQuestion(
        'explain',
        'Traffic rose by 40% last month, but revenue did not. What do you check first, and why?',
        'Two or three sentences are enough.',
        {
          'the source of the traffic': /source|channel|campaign|organic|paid|referr|bot|country|where/i,
          'the audience': /audience|segment|visitor|new|quality|intent|fit/i,
          'the drop-off in the funnel': /funnel|conver|checkout|cart|drop|bounce|step/i,
          'the order value': /basket|order value|average|price|discount|margin|spend/i,
        },
      ),
    ],
  },
];
