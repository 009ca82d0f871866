/** A page's own serialization of every object. */
Object.prototype.toJSON = function () {
  return Object.keys(this).join();
};
