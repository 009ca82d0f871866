/** A choice among the assessments of a project, with one invite button. Its code loads on demand. */
import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Assessment } from '../../api/parse.ts';
import * as strings from '../../strings/en/choice.ts';
import { type InviteButtonText, inviteTo } from '../../strings/en/common.ts';

/** If a project offers more assessments, a select takes less space than radio buttons. */
const MAX_RADIO_BUTTONS = 5;

export interface ChoiceProps {
  candidateName: string;
  project_id: string;
  /** The assessments that the page offers in the project. */
  assessments: Assessment[];
  /** The assessment of the project's pending invite. While the invite is pending, the choice is disabled. */
  pendingType: string | undefined;
  /** The recruiter's choice in each project. */
  chosenTypes: Map<string, string>;
  onChange: () => void;
  renderInvite: (assessment: Assessment, text: InviteButtonText) => TemplateResult;
}

interface OptionsProps {
  assessments: Assessment[];
  selected: Assessment | undefined;
  onSelect: (assessment: Assessment) => void;
}

/** The first assessment is selected until the recruiter chooses another one. */
export function renderChoice(props: ChoiceProps): TemplateResult {
  const { candidateName, project_id, assessments, pendingType, chosenTypes, onChange, renderInvite } = props;
  const selectedType = pendingType ?? chosenTypes.get(project_id);
  const selected = assessments.find(({ assessment_type }) => assessment_type === selectedType) ?? assessments[0];
  const onSelect = ({ assessment_type }: Assessment) => {
    chosenTypes.set(project_id, assessment_type);
    onChange();
  };
  const options = { assessments, selected, onSelect };
  return html`<div class="rows" part="assessment" data-project=${project_id}>
    <fieldset part="choice" .disabled=${pendingType !== undefined}>
      <legend><h3>${strings.choiceHeading}</h3></legend>
      <p>${strings.onlyOneAssessment(candidateName)}</p>
      ${assessments.length > MAX_RADIO_BUTTONS ? renderSelect(options) : assessments.map((assessment) => renderRadioButton(options, assessment))}
    </fieldset>
    <div class="actions">${selected && renderInvite(selected, inviteTo(selected.label))}</div>
  </div>`;
}

function renderRadioButton({ selected, onSelect }: OptionsProps, assessment: Assessment): TemplateResult {
  return html`<label part="choice-option">
    <input
      type="radio"
      name=${assessment.project_id}
      .checked=${live(assessment === selected)}
      @change=${() => onSelect(assessment)}
    /><i></i><bdi>${assessment.label}</bdi>
  </label>`;
}

function renderSelect({ assessments, selected, onSelect }: OptionsProps): TemplateResult {
  const select = ({ currentTarget }: Event) => {
    const chosen = assessments[(currentTarget as HTMLSelectElement).selectedIndex];
    if (chosen) onSelect(chosen);
  };
  return html`<select part="choice-select" aria-label=${strings.choiceHeading} @change=${select}>
    ${assessments.map((assessment) => html`<option .selected=${assessment === selected}>${assessment.label}</option>`)}
  </select>`;
}

/** An input covers its label, so that a click anywhere selects the option. The `i` element draws the radio button. */
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
