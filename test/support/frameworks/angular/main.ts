import '@angular/compiler';
import { Component, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { ShownCandidate } from '../host-window.ts';
import { Candidate } from './candidate.ts';

@Component({
  selector: '#app',
  imports: [Candidate],
  template: `
    @if (candidate(); as shown) {
      <app-candidate [email]="shown.email" [name]="shown.name" (completed)="onCompleted($event)" />
    }
  `,
})
class App {
  candidate = candidate;
  onCompleted(session: object): void {
    window.completed.push(session);
  }
}

const candidate = signal<ShownCandidate | undefined>(undefined);
window.completed = [];
window.show = (next) => candidate.set(next);
await bootstrapApplication(App);
