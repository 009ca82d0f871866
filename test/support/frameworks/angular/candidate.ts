import { Component, CUSTOM_ELEMENTS_SCHEMA, EventEmitter, Input, Output } from '@angular/core';

@Component({
  selector: 'app-candidate',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <evalon-assessments
      [candidateEmail]="email"
      [candidateName]="name"
      projectId="proj_abc123"
      (evalon-completed)="completed.emit($event.detail.session)"
    />
  `,
})
export class Candidate {
  @Input() email = '';
  @Input() name = '';
  @Output() completed = new EventEmitter<object>();
}
