/** The demo's copywriting assessment. */
import { createChoiceQuestion, createWrittenQuestion, type Section } from './question.ts';

export const copywritingSections: readonly Section[] = [
  {
    name: 'Clarity',
    intro: 'Choose the wording that a hurried reader would understand first.',
    questions: [
      createChoiceQuestion(
        'button',
        'A form creates a free account. What should its button say?',
        ['Submit', 3, 'True, and says nothing about what happens.'],
        ['Create free account', 10, 'Names the result and removes the doubt about price.'],
        ['Unlock your potential', 1, 'A promise where an action is needed.'],
        ['Continue', 5, 'Clear in a long form, vague in a short one.'],
      ),
      createChoiceQuestion(
        'error',
        'A payment fails because the card expired. Which message helps most?',
        ['Something went wrong', 1, 'Leaves the reader with nothing to do.'],
        ['Error 4012: transaction declined by issuer', 2, 'Written for the one who built it.'],
        ['Oops! That did not work. Please try again later', 3, 'Friendly, and sends the reader to fail again.'],
        [
          'This card expired in March. Use another card, or update the date',
          10,
          'Says what is wrong and what to do next.',
        ],
      ),
      createChoiceQuestion(
        'cut',
        'Which sentence of a product page would you delete first?',
        ['Works offline for up to a week', 2, 'That is a fact a buyer may be looking for.'],
        ['We are passionate about delivering excellence', 10, 'Nobody would claim the opposite, so it says nothing.'],
        ['Battery lasts eleven hours in our own test', 1, 'Concrete and honest about its source.'],
        ['Ships in two days', 3, 'Short and useful.'],
      ),
    ],
  },
  {
    name: 'Tone',
    intro: 'One choice, then a few lines of your own.',
    questions: [
      createChoiceQuestion(
        'apology',
        'A service was down for three hours. How does the mail to customers begin?',
        ['We are excited to share an update on reliability', 0, 'Cheerful about something that hurt.'],
        ['Due to unforeseen circumstances, availability was impacted', 2, 'Nobody did anything to anybody.'],
        ['We were down from 9 to 12 today, and we are sorry', 10, 'Says what happened and takes it on.'],
        ['Some users may have noticed a short interruption', 3, 'Smaller than it was, and readers know it.'],
      ),
      createWrittenQuestion(
        'describe',
        'Describe a reusable water bottle to somebody who already owns three.',
        'Two or three sentences are plenty.',
        {
          'the reader': /\byou|your|already|another|three\b/i,
          'something concrete': /\d|litre|liter|hour|gram|lid|leak|cold|hot|steel|glass|handle|bag/i,
          'a reason to change': /instead|unlike|than|finally|stop|no more|never|because|only/i,
        },
      ),
    ],
  },
];
