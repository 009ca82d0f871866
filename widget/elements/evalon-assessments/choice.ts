/** One choice among the assessments of a project, with one invite button. Its code loads with the first such project. */
import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Assessment } from '../../api/parse.ts';
import * as strings from '../../strings/en/choice.ts';

/** Above this number a select takes less space than radio buttons. */
const MAX_RADIO_BUTTONS = 5;

export interface ChoiceProps {
  candidateName: string;
  assessments: Assessment[];
  selected: Assessment;
  /** Whether an invite of this project is pending. The choice is then fixed. */
  isPending: boolean;
  onSelect: (assessment: Assessment) => void;
}

export function renderChoice(props: ChoiceProps): TemplateResult {
  const { candidateName, assessments, isPending } = props;
  return html`<fieldset part="choice" .disabled=${isPending}>
    <legend><h3>${strings.choiceHeading}</h3></legend>
    <p>${strings.onlyOne(candidateName)}</p>
    ${assessments.length > MAX_RADIO_BUTTONS ? renderSelect(props) : assessments.map((assessment) => renderRadioButton(props, assessment))}
  </fieldset>`;
}

function renderRadioButton({ selected, onSelect }: ChoiceProps, assessment: Assessment): TemplateResult {
  return html`<label part="choice-option">
    <input
      type="radio"
      name=${assessment.project_id}
      .checked=${live(assessment === selected)}
      @change=${() => onSelect(assessment)}
    /><i></i><bdi>${assessment.label}</bdi>
  </label>`;
}

function renderSelect({ assessments, selected, onSelect }: ChoiceProps): TemplateResult {
  const select = ({ currentTarget }: Event) => {
    const chosen = assessments[(currentTarget as HTMLSelectElement).selectedIndex];
    if (chosen) onSelect(chosen);
  };
  return html`<select part="choice-select" aria-label=${strings.choiceHeading} @change=${select}>
    ${assessments.map((assessment) => html`<option .selected=${assessment === selected}>${assessment.label}</option>`)}
  </select>`;
}

export const choiceStyles = css`
  fieldset {
    display: grid;
    gap: 4px;
    min-width: 0;
    border: 0;
  }
  fieldset p {
    margin-bottom: 4px;
  }
  label {
    position: relative;
    display: grid;
    grid-template-columns: 16px 1fr;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    padding: 3px 11px;
    border: 1px solid var(--_border);
    border-radius: 6px;
  }
  label:hover {
    background: var(--_hover);
  }
  input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    border-radius: 6px;
    appearance: none;
    cursor: pointer;
  }
  input:checked {
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  i {
    height: 16px;
    border: 1px solid var(--_muted);
    border-radius: 50%;
  }
  input:checked + i {
    border: 5px solid var(--_accent);
  }
  select {
    min-height: 28px;
    max-width: 100%;
    padding: 3px 11px;
    border: 1px solid var(--_muted);
    border-radius: 6px;
    background: var(--evalon-surface, Canvas);
    cursor: pointer;
  }
  :disabled * {
    cursor: progress;
  }
  @media (pointer: coarse) {
    label,
    select {
      min-height: 44px;
    }
  }
`;
