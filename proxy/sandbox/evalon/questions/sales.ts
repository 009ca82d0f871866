/** The demo's sales assessment. */
import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const salesSections: readonly Section[] = [
  {
    name: 'Discovery',
    intro: 'Three moments early in a conversation. Choose what you would do.',
    questions: [
      createChoiceQuestion(
        'first-call',
        'Five minutes into a first call you are asked for the price. You…',
        ['Name the list price and wait', 5, 'Honest, before anybody knows what it is for.'],
        ['Say that it depends, and move on', 2, 'Sounds evasive and stops the conversation.'],
        [
          'Give an honest range, and ask what it would have to solve to be worth it',
          10,
          'Answers the question and learns what matters.',
        ],
        ['Offer a discount to keep them interested', 1, 'Gives away margin for nothing.'],
      ),
      createChoiceQuestion(
        'silence',
        'A buyer who was keen has not answered for two weeks. Your next message…',
        [
          'Asks whether the project is still on, and makes it easy to say no',
          10,
          'Respects their time and gets an answer.',
        ],
        ['Repeats the last offer with a deadline', 3, 'Pressure where the reason is unknown.'],
        ['Goes to their manager', 1, 'Costs the trust of the one who was keen.'],
        ['Is a newsletter, to stay in mind', 4, 'Harmless, and unlikely to be answered.'],
      ),
      createChoiceQuestion(
        'need',
        'They ask for a feature that the product lacks. You…',
        ['Say that it is on the roadmap', 2, 'A promise that is not yours to make.'],
        ['Ask what they would do with it', 10, 'Finds the need behind the request.'],
        ['Explain why nobody needs it', 1, 'Argues with the buyer.'],
        ['Note it and go on with the demo', 5, 'Polite; the need stays unknown.'],
      ),
    ],
  },
  {
    name: 'Closing',
    intro: 'One choice, then a few lines of your own.',
    questions: [
      createChoiceQuestion(
        'procurement',
        'Everybody agrees, then procurement asks for 20% off. You…',
        ['Agree, to close this month', 2, 'Teaches the buyer to ask again next year.'],
        ['Refuse and wait', 5, 'Holds the price and leaves the deal open.'],
        ['Trade: a longer term or a reference for a part of it', 10, 'Gives only against something of value.'],
        ['Offer 10% and hope', 4, 'Half of a discount is still for nothing.'],
      ),
      createWrittenQuestion(
        'recap',
        'Write the short mail that you send after a good first meeting.',
        'Two or three sentences are plenty.',
        {
          'what they said':
            /you (said|mentioned|told|need|want|asked)|your (team|goal|problem|priorit)|heard|understood/i,
          'a next step': /next|step|tuesday|monday|wednesday|thursday|friday|week|call|meet|send|date/i,
          'who does what': /\b(i|we)('ll| will)|you will|by (monday|tuesday|wednesday|thursday|friday|the)/i,
          'thanks without flattery': /thank/i,
        },
      ),
    ],
  },
];
