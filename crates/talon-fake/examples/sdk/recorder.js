// Records which operations of an SDK a script calls, so that it calls every one that there is.

const assert = require('node:assert/strict');

// All methods, without their variants that return the HTTP response as well.
function offered(api) {
  const names = [...Object.keys(api), ...Object.getOwnPropertyNames(Object.getPrototypeOf(api))];
  const isOperation = (name) =>
    typeof api[name] === 'function' && name !== 'constructor' && !name.endsWith('WithHttpInfo');
  return new Set(names.filter(isOperation));
}

// The API, and a function that fails if an operation was not called, or returns their number.
exports.record = function record(api) {
  const operations = offered(api);
  const uncalled = new Set(operations);
  const recorder = new Proxy(api, {
    get(target, name) {
      if (!operations.has(name)) return target[name];
      return async (...options) => {
        const reply = await target[name](...options);
        uncalled.delete(name);
        return reply;
      };
    },
  });
  const count = () => {
    assert.deepEqual([...uncalled], [], 'these operations of the SDK have not succeeded');
    return operations.size;
  };
  return { api: recorder, count };
};
