import { createFormats } from '../translation.ts';

export const formats = createFormats('pt-BR');
