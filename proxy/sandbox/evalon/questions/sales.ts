import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const salesSections: readonly Section[] = [
  {
    name: 'Discovery',
    intro: 'Three situations early in a deal. Choose what you would do.',
    questions: [
      createChoiceQuestion(
        'first-call',
        'Five minutes into a first call, the buyer asks for the price. What do you do?',
        ['Name the list price and wait', 5, 'Honest, but the buyer cannot judge the price yet.'],
        ['Say that it depends and move on', 2, 'Sounds evasive and stops the conversation.'],
        ['Give an honest range and ask what would make it worth that', 10, 'Answers the question and finds the need.'],
        ['Offer a discount to keep them interested', 1, 'Gives away margin and gets nothing in return.'],
      ),
      createChoiceQuestion(
        'silence',
        'An interested buyer has not replied for two weeks. What does your next message do?',
        [
          'Asks whether the project is still on, and makes it easy to say no',
          10,
          'Respects their time and gets an answer.',
        ],
        ['Repeats the last offer with a deadline', 3, 'Adds pressure without knowing the reason.'],
        ['Goes to their manager', 1, 'Costs the trust of your contact.'],
        ['Shares your newsletter', 4, 'Harmless, but unlikely to get a reply.'],
      ),
      createChoiceQuestion(
        'need',
        'The buyer asks for a feature that the product lacks. What do you do?',
        ['Say that it is on the roadmap', 2, 'Makes a promise that sales cannot keep.'],
        ['Ask what they would do with it', 10, 'Finds the need behind the request.'],
        ['Explain why the feature is unnecessary', 1, 'Argues with the buyer.'],
        ['Note it and continue with the demo', 5, 'Polite, but does not find the need.'],
      ),
    ],
  },
  {
    name: 'Closing',
    intro: 'One choice and one short answer in your own words.',
    questions: [
      createChoiceQuestion(
        'procurement',
        'The team agrees, then procurement asks for 20% off. What do you do?',
        ['Agree, to close this month', 2, 'Teaches the buyer to ask again next year.'],
        ['Refuse and wait', 5, 'Holds the price but leaves the deal open.'],
        ['Offer a part of it for a longer term or a reference', 10, 'Trades the discount for something of value.'],
        ['Offer 10% and hope', 4, 'Gives a discount and gets nothing in return.'],
      ),
      createWrittenQuestion(
        'recap',
        'Write the short email that you send after a good first meeting.',
        'Two or three sentences are enough.',
        {
          "the buyer's own words":
            /you (said|mentioned|need|want|asked)|your (team|goal|problem|priorit)|heard|understood/i,
          'a next step': /next|step|tuesday|monday|wednesday|thursday|friday|week|call|meet|send|date/i,
          'an owner for each task': /\b(i|we)('ll| will)|you will|by (monday|tuesday|wednesday|thursday|friday|the)/i,
          'a thank-you': /thank/i,
        },
      ),
    ],
  },
];
