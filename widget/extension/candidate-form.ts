/** A form for the name and email of a candidate that the page does not identify. */
import { html, type TemplateResult } from 'lit';
import { isEmail, normalizeEmail } from '../../proxy/contract/candidate.ts';
import * as strings from '../strings/en/extension.ts';
import type { Candidate } from './candidate-lookup.ts';

/**
 * @param reason why the candidate is unknown; empty to show no reason.
 * @param onSubmit called if the recruiter submits the form, but not if a script does.
 */
export function renderCandidateForm(
  reason: string,
  { email = '', name = '', ...otherFields }: Partial<Candidate>,
  onSubmit: (candidate: Candidate) => Promise<void>,
): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const typedEmail = normalizeEmail(String(fields.get('email')));
    const typedName = String(fields.get('name')).trim();
    if (event.isTrusted && isEmail(typedEmail) && typedName) {
      void onSubmit({ ...otherFields, email: typedEmail, name: typedName });
    }
  };
  return html`<h2>${strings.candidateUnknown}</h2>
    ${reason ? html`<p>${reason}</p>` : ''}
    <p>${strings.enterManually}</p>
    <form @submit=${submit}>
      <label>${strings.email} <input name="email" type="email" required autocomplete="off" .value=${email}></label>
      <label>${strings.name} <input name="name" required autocomplete="off" .value=${name}></label>
      <button class="primary">${strings.useCandidate}</button>
    </form>`;
}
