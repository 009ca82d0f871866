/** Checks the elements of the page: attributes, projects and proxy. */
import type { Claims } from './check-token.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** The properties of the widget's elements that the checks read. */
interface CheckedElement extends HTMLElement {
  configError?: string;
  hint?: string;
  projectId?: string;
  proxyUrl?: string;
  getToken?: unknown;
}

interface Offer {
  project_id: string;
}

/** Calls the prototype's method, because an element named `querySelectorAll` hides the method of `document`. */
export function findElements(tags: readonly string[]): CheckedElement[] {
  return [...Document.prototype.querySelectorAll.call(document, tags.join())] as CheckedElement[];
}

/**
 * @param offers the assessments that the proxy offers with this token; undefined if unknown.
 * @param claims the claims of an accepted token.
 */
export function checkElements(
  elements: readonly CheckedElement[],
  offers: readonly Offer[] | undefined,
  claims: Claims | undefined,
): Finding[] {
  if (!elements.length) {
    const fix = "Add an element. If it is inside the page's own shadow root, call EvalonWidget.load().";
    return [warn('element', 'The document contains no element of the widget.', fix)];
  }
  const findings = elements.flatMap((element, index) => checkElement(element, index, offers, claims));
  const isOk = (subject: Finding['subject']) => findings.every((finding) => finding.subject !== subject);
  const count = elements.length === 1 ? '1 element' : `${elements.length} elements`;
  const areProjectsChecked = claims?.projects && offers?.length && elements.some(({ projectId }) => projectId);
  return [
    ...findings,
    ...(areProjectsChecked && isOk('project') ? [ok('project', 'The token and ASSESSMENTS cover each project.')] : []),
    ...(isOk('element') ? [ok('element', `${count}, with valid attributes.`)] : []),
  ];
}

function checkElement(
  element: CheckedElement,
  index: number,
  offers: readonly Offer[] | undefined,
  claims: Claims | undefined,
): Finding[] {
  const name = `<${element.localName}> (${index + 1})`;
  const findings: Finding[] = [];
  const hint = element.configError || element.hint;
  if (hint) findings.push(fail('element', `${name}: ${hint}`, 'Correct the attribute.'));
  if (element.proxyUrl && !element.getToken) {
    const message = `${name} has its own proxy-url, so it gets none of the page's tokens.`;
    findings.push(warn('element', message, 'Set its property getToken, or remove proxy-url.'));
  }
  const { projectId } = element;
  if (!projectId) return findings;
  if (claims?.projects && !claims.projects.includes('*') && !claims.projects.includes(projectId)) {
    const message = `${name}: the token doesn't cover the project ${projectId}.`;
    findings.push(fail('project', message, 'Add the project to the claim projects, or correct project-id.'));
  } else if (offers?.length && !offers.some(({ project_id }) => project_id === projectId)) {
    const message = `${name}: the proxy offers no assessment in the project ${projectId}.`;
    findings.push(fail('project', message, 'Add the project to ASSESSMENTS of the proxy, or correct project-id.'));
  }
  return findings;
}
