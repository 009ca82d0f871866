/** `OIDC_GRANTS`: which claim grants which projects and scope. */
import { z } from 'zod';
import { projectIdSchema } from './session.ts';

const DOCUMENTED_SCOPES = ['read', 'invite', 'read invite'] as const;
const SCOPES = [...DOCUMENTED_SCOPES, 'invite read'] as const;

export const grantSchema = z.strictObject({
  claim: z
    .string('must be text')
    .min(1, 'is empty')
    .max(200, 'is too long')
    .describe("The claim's name, or a JSON pointer such as `/realm_access/roles`."),
  value: z
    .union([z.string().min(1), z.number(), z.boolean()], 'must be text, a number, true or false')
    .transform(String)
    .describe(
      'The claim must equal this value, or be a list that contains it. The proxy compares numbers and booleans as text.',
    ),
  projects: z.array(z.union([z.literal('*'), projectIdSchema])).min(1, 'is empty'),
  scope: z.enum(SCOPES, `must be one of ${DOCUMENTED_SCOPES.join(', ')}`),
});

export type Grant = z.infer<typeof grantSchema>;
