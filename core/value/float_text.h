#pragma once

#include <string>

namespace fairway::value {

/// The shortest decimal that reads back as `number`, laid out as Go's strconv.FormatFloat(number, 'g', -1, 64):
/// with an exponent below 1e-4 and from 1e6 on ("1.2345675e+06", "1e+06"); "+Inf", "-Inf", "NaN".
[[nodiscard]] std::string formatFloatG(double number);
/// The same for a number of 32 bits.
[[nodiscard]] std::string formatFloatG(float number);
/// As encoding/json lays floats out: an exponent below 1e-6 and from 1e21 on ("1e-7", "1e+21"). `number` must be finite.
[[nodiscard]] std::string formatFloatJson(double number);

} // namespace fairway::value
