/** Changes with every change of weights, lists or rules, and is stored with every verdict. */
export const matcherVersion = '2.15.0';
